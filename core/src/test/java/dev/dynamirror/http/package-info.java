@NullMarked
package dev.dynamirror.http;

import org.jspecify.annotations.NullMarked;
