@NullMarked
package dev.dynamirror.reconcile;

import org.jspecify.annotations.NullMarked;
