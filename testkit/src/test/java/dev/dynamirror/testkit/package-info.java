@NullMarked
package dev.dynamirror.testkit;

import org.jspecify.annotations.NullMarked;
