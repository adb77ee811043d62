"""One of each thing that nodes tell."""

from tests.exchange.values import NOW, an_id

from vigie.exchange import things
from vigie.terms import DAY, Moment

BOX, OTHER = "CSQU3054383", "MSCU1234566"
THINGS = (
    things.Concealment("rip-on in the reefer", "bags behind the evaporator", "evaporator", "080390", "screwdriver"),
    things.Movement(BOX, "left the row at night", "BEANR", NOW, "no order for it", "9074729"),
    things.Seizure("bananas", NOW, "BEANR", "cocaine", 812.5, 840.0, 700, ("crown",), BOX),
    things.Scan(BOX, NOW, "gantry 6 MeV", "ab" * 32, 48_000_000, "application/dicom", "scan.dcm"),
    things.Box(BOX, "45R1", "please look at this container"),
    things.Target("the broker", ("organiser",), 1, "books reefers"),
    things.JointOperation("north sea", "two weeks", ("BE", "NL"), NOW, Moment(NOW + DAY), (BOX, OTHER), ("scan",)),
    things.Decision("small ports", "watch Ghent and Zeebrugge", "port task force", NOW, "report in May"),
    things.Training("reefers", "how to open one", NOW, "nl", 45, "cd" * 32, 900, "application/pdf", "reefers.pdf"),
    things.Finding(an_id(9, "scan"), "agree", "density behind the wall", "xray-a", "3.1", 0.81, "agree"),
    things.Reply(an_id(3, "grouping"), things.ReplyWord.DONE, "both lanes closed", NOW, 1),
)
TYPES = ("attack-pattern", "movement-event", "incident", "scan", "container", "threat-actor", "grouping",
         "course-of-action", "report", "opinion", "note")  # fmt: skip
PAIRS = tuple(zip(THINGS, TYPES, strict=True))
