/** What fuzz tests share: their list, their kept inputs, and the program that runs them. */
@NullMarked
package dev.dynamirror.fuzz;

import org.jspecify.annotations.NullMarked;
