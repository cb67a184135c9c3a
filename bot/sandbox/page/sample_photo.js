// A ready example photo, drawn on the spot, so that nobody needs a file.

const WIDTH = 960;
const HEIGHT = 720;

/** A JPEG file: a street with gabled houses and a front garden. */
export function examplePhoto(name) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  drawStreet(canvas.getContext("2d"));
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(new File([blob], `${name}.jpg`, { type: "image/jpeg" })), "image/jpeg", 0.88);
  });
}

function drawStreet(pen) {
  const sky = pen.createLinearGradient(0, 0, 0, 460);
  sky.addColorStop(0, "#8ec5e8");
  sky.addColorStop(1, "#f6e7cf");
  fill(pen, sky, 0, 0, WIDTH, 480);
  circle(pen, "#fff3c4", 790, 120, 52);
  for (const [x, y, r] of [
    [170, 110, 34],
    [215, 96, 44],
    [265, 112, 32],
    [520, 70, 24],
    [552, 62, 32],
    [588, 74, 22],
  ]) {
    circle(pen, "rgba(255,255,255,.8)", x, y, r);
  }
  const walls = ["#b5533c", "#d9a05b", "#8c4a3a", "#c8c2b4", "#a8643f", "#d8b98a"];
  walls.forEach((wall, i) => house(pen, i * 160, 170 + ((i * 53) % 70), wall, i));
  fill(pen, "#9aa39b", 0, 480, WIDTH, 36);
  fill(pen, "#c9c4b8", 0, 516, WIDTH, 14);
  const grass = pen.createLinearGradient(0, 530, 0, HEIGHT);
  grass.addColorStop(0, "#86b56a");
  grass.addColorStop(1, "#4f8a4c");
  fill(pen, grass, 0, 530, WIDTH, HEIGHT - 530);
  tree(pen, 130, 560);
  tree(pen, 850, 580);
  fill(pen, "#6b4a33", 330, 600, 300, 74);
  const petals = ["#f2c14e", "#e4572e", "#f7f3ea", "#b65fa8", "#f29e4c"];
  for (let i = 0; i < 46; i += 1) {
    const [x, y] = [345 + ((i * 67) % 272), 596 + ((i * 29) % 66)];
    fill(pen, "#3e7a3f", x - 1, y, 3, 18);
    circle(pen, petals[i % petals.length], x, y, 7 + (i % 3));
  }
  fill(pen, "#7a5236", 672, 612, 130, 12);
  fill(pen, "#7a5236", 672, 580, 130, 10);
  fill(pen, "#4b3a2e", 684, 580, 8, 70);
  fill(pen, "#4b3a2e", 782, 580, 8, 70);
}

function house(pen, x, top, wall, i) {
  fill(pen, wall, x, top, 160, 480 - top);
  pen.fillStyle = ["#5b3a31", "#4a4f57", "#6d3b2c"][i % 3];
  pen.beginPath();
  pen.moveTo(x - 4, top + 4);
  pen.lineTo(x + 80, top - 84);
  pen.lineTo(x + 164, top + 4);
  pen.fill();
  for (let floor = top + 26; floor < 370; floor += 82) {
    for (const column of [22, 92]) {
      fill(pen, "#f5f1e6", x + column - 4, floor - 4, 54, 62);
      fill(pen, floor % 3 === 0 ? "#ffe3a1" : "#6f8fa6", x + column, floor, 46, 54);
      fill(pen, "#f5f1e6", x + column + 21, floor, 4, 54);
    }
  }
  fill(pen, ["#1f5c57", "#7b2d26", "#2f4a6d"][i % 3], x + 58, 396, 46, 84);
  circle(pen, "#e9d8a6", x + 96, 440, 3);
}

function tree(pen, x, y) {
  fill(pen, "#5f4632", x - 9, y - 120, 18, 140);
  for (const [dx, dy, r, colour] of [
    [0, -190, 74, "#3f7d46"],
    [-46, -150, 54, "#4c8f50"],
    [48, -150, 56, "#38723f"],
  ]) {
    circle(pen, colour, x + dx, y + dy, r);
  }
}

function fill(pen, colour, x, y, width, height) {
  pen.fillStyle = colour;
  pen.fillRect(x, y, width, height);
}

function circle(pen, colour, x, y, radius) {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fill();
}
