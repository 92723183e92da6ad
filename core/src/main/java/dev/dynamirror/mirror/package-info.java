/** Entry for users: what a mirror is made of, and the mirror for programs without an engine. */
@NullMarked
package dev.dynamirror.mirror;

import org.jspecify.annotations.NullMarked;
