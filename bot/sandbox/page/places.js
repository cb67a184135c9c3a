// The example spots: one a line in the text demo.places, "name | latitude | longitude".

import { t } from "./texts.js";

const NEAR_DEGREES = 0.0002;

/** [{name, latitude, longitude}], without the lines that can't be read. */
export function examplePlaces() {
  return t("demo.places")
    .split("\n")
    .map((line) => line.split("|").map((part) => part.trim()))
    .map(([name, latitude, longitude]) => ({ name, latitude: Number(latitude), longitude: Number(longitude) }))
    .filter((place) => place.name && Number.isFinite(place.latitude) && Number.isFinite(place.longitude));
}

/** The example spot at this location, if it is one. */
export function placeAt(location) {
  const isNear = (a, b) => Math.abs(a - b) < NEAR_DEGREES;
  return examplePlaces().find(
    (place) => isNear(place.latitude, location.latitude) && isNear(place.longitude, location.longitude),
  );
}

/** {latitude, longitude} of "52.1, 5.1" (also with a comma as decimal sign and a space between), else null. */
export function parseCoordinates(text) {
  const numbers = text.match(/-?\d+(?:[.,]\d+)?/g)?.map((number) => Number(number.replace(",", ".")));
  if (numbers?.length !== 2) return null;
  const [latitude, longitude] = numbers;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}
