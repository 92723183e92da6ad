/** HTTP/1.1 over Netty: requests that are posted to one endpoint, as cheaply as may be. */
@NullMarked
package dev.dynamirror.http;

import org.jspecify.annotations.NullMarked;
