/**
 * The pages as a person meets them: in a real headless Chromium, on real ports, while real migrations run.
 *
 * <p>{@link dev.migrator.spring.browser.Situations} are applications in each state that a page can show, {@link
 * dev.migrator.spring.browser.Chromium} is the browser, and a {@link dev.migrator.spring.browser.Visit} is one look at a page
 * that keeps account of what the page did besides being looked at.
 */
@NullMarked
package dev.migrator.spring.browser;

import org.jspecify.annotations.NullMarked;
