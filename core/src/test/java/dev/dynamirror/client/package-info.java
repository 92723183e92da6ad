@NullMarked
package dev.dynamirror.client;

import org.jspecify.annotations.NullMarked;
