/** The one error that a user of a mirror sees. */
@NullMarked
package dev.dynamirror.error;

import org.jspecify.annotations.NullMarked;
