// A ready example of a voice message, made on the spot, so that nobody needs a microphone.

const RATE_HZ = 16_000;
const SYLLABLES = [
  [0.05, 196, 0.22],
  [0.32, 220, 0.16],
  [0.52, 247, 0.28],
  [0.95, 220, 0.18],
  [1.17, 262, 0.22],
  [1.45, 208, 0.4],
];
export const EXAMPLE_VOICE_SECONDS = 2;

/** A WAV file of two seconds: a hum that rises and falls like a sentence. */
export function exampleVoice(name) {
  const count = Math.round(RATE_HZ * EXAMPLE_VOICE_SECONDS);
  const view = new DataView(new ArrayBuffer(44 + count * 2));
  const write = (offset, word) =>
    [...word].forEach((letter, i) => view.setUint8(offset + i, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + count * 2, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE_HZ, true);
  view.setUint32(28, RATE_HZ * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, count * 2, true);
  for (let i = 0; i < count; i += 1) view.setInt16(44 + i * 2, hum(i / RATE_HZ) * 0x3fff, true);
  return new File([view.buffer], `${name}.wav`, { type: "audio/wav" });
}

function hum(time) {
  let level = 0;
  for (const [start, pitch, length] of SYLLABLES) {
    const part = (time - start) / length;
    if (part < 0 || part > 1) continue;
    const loudness = Math.sin(Math.PI * part) ** 0.7;
    for (const [harmonic, weight] of [
      [1, 0.5],
      [2, 0.28],
      [3, 0.14],
      [5, 0.06],
    ]) {
      level += loudness * weight * Math.sin(2 * Math.PI * pitch * harmonic * (1 - 0.04 * part) * time);
    }
  }
  return level;
}
