@NullMarked
package dev.dynamirror.testkit.faulty;

import org.jspecify.annotations.NullMarked;
