package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;

/**
 * Bytes that can't ask for more memory than they could fill.
 *
 * <p>Each element of an array or a collection takes at least one byte of its own, so all the lengths that the bytes declare
 * sum up to no more than their number. What a length is used for is claimed here before anything is allocated.
 */
final class BoundedInput extends Input {

    private int unclaimed;

    BoundedInput(byte[] bytes, int offset) {
        super(bytes, offset, bytes.length - offset);
        unclaimed = bytes.length - offset;
    }

    /** Reads a number of elements and claims as many bytes. */
    int readCount() {
        return claim(readVarInt(true), 1);
    }

    boolean isAtEnd() {
        return position == limit;
    }

    private int claim(int count, int width) {
        if (count < 0 || (long) count * width > Math.min(unclaimed, limit - position)) {
            throw new KryoException("a length of " + Integer.toUnsignedString(count) + " is declared, but only "
                    + (limit - position) + " bytes follow");
        }
        unclaimed -= count * width;
        return count;
    }

    @Override
    public String readString() {
        int start = position;
        if (readVarIntFlag()) {
            // Zero stands for null, and everything else is one more than the length.
            int declared = readVarIntFlag(true);
            claim(declared == 0 ? 0 : declared - 1, 1);
            if (declared == 0) {
                throw new KryoException("a text is missing");
            }
        }
        position = start;
        return super.readString();
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(claim(length, 1));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(claim(length, 1), optimizePositive);
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(claim(length, 1), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(claim(length, Float.BYTES));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(claim(length, Double.BYTES));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(claim(length, Short.BYTES));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(claim(length, Character.BYTES));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(claim(length, 1));
    }
}
