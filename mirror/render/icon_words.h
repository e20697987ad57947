/*
 * Which icon of the font stands for what a hub calls a thing. Two vocabularies
 * are known, and a name of another icon set ("f7:...") has no icon:
 *
 * - openHAB's categories and the names of its classic icon set ("Temperature",
 *   "oh:battery"), with or without a state behind them ("battery-40");
 * - Material Design Icons as Home Assistant writes them ("mdi:door-open").
 */
#ifndef MIRROR_RENDER_ICON_WORDS_H
#define MIRROR_RENDER_ICON_WORDS_H

/*
 * The icon for `word`, from outside, of a thing that reads `state` ("OPEN",
 * "ON", ... as a hub shows it; others and "" say nothing) and `number` (NaN if
 * it is none). A thing with two looks has that of its state, a battery that of
 * its charge in percent.
 *
 * A Material Design name that the font lacks gives the plain one of its family
 * ("lock-smart" does not, "lock-outline" and "lock" stand for each other): only
 * parts that change the drawing and not its meaning are dropped or added.
 *
 * Returns a name of the font, which lives as long as the program, or NULL for
 * a word that has no icon.
 */
const char *
icon_for(const char *word, const char *state, double number);

#endif
