/** Tests of the text inputs. */
@NullMarked
package dev.dynamirror.flink.input;

import org.jspecify.annotations.NullMarked;
