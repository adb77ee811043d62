// Two ways of drawing that give the same pixels: WebGL2 where there is a graphics card, else a plain canvas.
// Which pixel of the picture stands where is worked out once, in whole numbers, for both.

export const OUTSIDE = 0xff000000;

const VERTEX = `#version 300 es
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0); }`;

const FRAGMENT = `#version 300 es
precision highp float; precision highp int; precision highp usampler2D; precision highp isampler2D;
uniform usampler2D picture; uniform isampler2D columns, rows; uniform sampler2D colours; out vec4 colour;
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  int x = texelFetch(columns, ivec2(here.x, 0), 0).r, y = texelFetch(rows, ivec2(here.y, 0), 0).r;
  if (x < 0 || y < 0) { colour = vec4(0.0, 0.0, 0.0, 1.0); return; }
  int count = int(texelFetch(picture, ivec2(x, y), 0).r);
  colour = texelFetch(colours, ivec2(count & 255, count >> 8), 0);
}`;

/** Source pixel of each pixel on the canvas along one axis; -1 outside. */
export function places(size, length, scale, start) {
  const found = new Int32Array(size);
  for (let place = 0; place < size; place += 1) {
    const from = Math.floor((place + 0.5) / scale + start);
    found[place] = from >= 0 && from < length ? from : -1;
  }
  return found;
}

class Plain {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d', { alpha: false });
    this.name = 'canvas';
  }

  draw({ counts, width }, columns, rows, colours) {
    const { width: w, height: h } = this.canvas;
    if (this.image?.width !== w || this.image.height !== h) this.image = this.context.createImageData(w, h);
    const pixels = new Uint32Array(this.image.data.buffer);
    for (let y = 0, to = 0; y < h; y += 1) {
      const base = rows[y] * width;
      if (base < 0) {
        pixels.fill(OUTSIDE, to, (to += w));
        continue;
      }
      for (let x = 0; x < w; x += 1, to += 1) {
        const column = columns[x];
        pixels[to] = column < 0 ? OUTSIDE : colours[counts[base + column]];
      }
    }
    this.context.putImageData(this.image, 0, 0);
  }

  /** What stands on the canvas, row by row from the top. */
  read() {
    return this.context.getImageData(0, 0, this.canvas.width, this.canvas.height).data;
  }
}

class Accelerated {
  constructor(canvas, gl) {
    Object.assign(this, { canvas, gl, name: 'webgl2', kept: new WeakMap() });
    const program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error('shader');
    gl.useProgram(program);
    ['picture', 'columns', 'rows', 'colours'].forEach((name, unit) => gl.uniform1i(gl.getUniformLocation(program, name), unit));
    [this.columns, this.rows, this.colours] = [1, 2, 3].map((unit) => this.texture(unit));
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
  }

  texture(unit) {
    const { gl } = this;
    const made = gl.createTexture();
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, made);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    return made;
  }

  fill(unit, form, width, height, format, type, values) {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.texImage2D(gl.TEXTURE_2D, 0, form, width, height, 0, format, type, values);
  }

  draw(level, columns, rows, colours) {
    const { gl, canvas } = this;
    if (this.kept.has(level)) {
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, this.kept.get(level));
    } else {
      this.kept.set(level, this.texture(0));
      this.fill(0, gl.R16UI, level.width, level.height, gl.RED_INTEGER, gl.UNSIGNED_SHORT, level.counts);
    }
    this.fill(1, gl.R32I, columns.length, 1, gl.RED_INTEGER, gl.INT, columns);
    this.fill(2, gl.R32I, rows.length, 1, gl.RED_INTEGER, gl.INT, rows.toReversed()); // its rows rise from the bottom
    this.fill(3, gl.RGBA8, 256, 256, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(colours.buffer));
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  read() {
    const { gl, canvas } = this;
    const { width: w, height: h } = canvas;
    const raw = new Uint8Array(w * h * 4);
    gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, raw);
    const turned = new Uint8ClampedArray(raw.length);
    for (let y = 0; y < h; y += 1) turned.set(raw.subarray(y * w * 4, (y + 1) * w * 4), (h - 1 - y) * w * 4);
    return turned;
  }
}

/**
 * The way of drawing on a canvas.
 * @param wish `webgl2` or `canvas` where one is asked for; else the quicker: graphics in software are slower than a table.
 */
export function drawing(canvas, wish = '', largest = 0) {
  if (wish !== 'canvas') {
    const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, preserveDrawingBuffer: true, failIfMajorPerformanceCaveat: wish !== 'webgl2' });
    const told = gl?.getExtension('WEBGL_debug_renderer_info');
    const name = told ? gl.getParameter(told.UNMASKED_RENDERER_WEBGL) : gl?.getParameter(gl.RENDERER) ?? '';
    const soft = /swiftshader|llvmpipe|software|basic render/i.test(name);
    if (gl && largest <= gl.getParameter(gl.MAX_TEXTURE_SIZE) && (wish === 'webgl2' || !soft)) return new Accelerated(canvas, gl);
    if (gl) {
      const plain = canvas.cloneNode(); // a canvas keeps the first kind of context it was asked for
      canvas.replaceWith(plain);
      return new Plain(plain);
    }
  }
  return new Plain(canvas);
}
