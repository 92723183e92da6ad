package dev.dynamirror.object;

import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import dev.dynamirror.error.MirrorException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The objects of one graph that may be referred to again.
 *
 * <p>While reading it also counts how many steps it would take to walk over what was read if nothing were shared. A few
 * bytes can describe sets in sets that share their elements, and the hash code of such a set would take years.
 */
@SuppressWarnings("rawtypes")
final class GraphReferences extends MapReferenceResolver {

    /** Enough for the keys of any item of DynamoDB, which holds 400 KB. */
    private static final long MOST_STEPS_OF_KEYS = 10_000_000;

    private final GraphClasses classes;

    /** Records and immutable collections that are being written: they can't be there before what they hold. */
    private final Set<Object> unfinished = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Long> stepsOfRead = new ArrayList<>();
    private long steps;
    private long stepsOfKeys;

    GraphReferences(GraphClasses classes) {
        this.classes = classes;
    }

    /** Values that can't be told from an equal copy are written anew, so that equal objects have equal bytes. */
    @Override
    public boolean useReferences(Class type) {
        return !classes.registrationOf(type).getSerializer().isImmutable();
    }

    void begin(Object late) {
        unfinished.add(late);
    }

    void end(Object late) {
        unfinished.remove(late);
    }

    @Override
    public int getWrittenId(Object object) {
        int id = super.getWrittenId(object);
        if (id >= 0 && unfinished.contains(object)) {
            throw new MirrorException(
                    "An object can't be stored, as its " + object.getClass().getName()
                            + " holds itself: a record or an immutable collection that does can't be made again");
        }
        return id;
    }

    @Override
    public int nextReadId(Class type) {
        stepsOfRead.add(1L);
        return super.nextReadId(type);
    }

    @Override
    public Object getReadObject(Class type, int id) {
        if (id < 0 || id >= readObjects.size() || readObjects.get(id) == null) {
            throw new KryoException("it refers to an object that isn't there");
        }
        addSteps(stepsOfRead.get(id));
        return readObjects.get(id);
    }

    int objectsRead() {
        return readObjects.size();
    }

    long steps() {
        return steps;
    }

    void addSteps(long more) {
        // Far beyond what is let through, and far from overflow.
        steps = Math.min(steps + more, Long.MAX_VALUE / 4);
    }

    /** An object was read from where the steps stood at the given number. */
    void wasRead(long since, int objectsBefore, boolean isOneStep) {
        if (isOneStep) {
            steps = since + 1;
        }
        if (readObjects.size() > objectsBefore) {
            stepsOfRead.set(objectsBefore, steps - since);
        }
    }

    /** A key was read that is about to be hashed or compared. */
    void keyWasRead(long since) {
        stepsOfKeys += steps - since;
        if (stepsOfKeys > MOST_STEPS_OF_KEYS || stepsOfKeys < 0) {
            throw new KryoException("the keys of its maps and sets are nested too much");
        }
    }

    @Override
    public void reset() {
        super.reset();
        unfinished.clear();
        stepsOfRead.clear();
        steps = 0;
        stepsOfKeys = 0;
    }
}
