using System.Buffers.Binary;
using System.Security.Cryptography;
using Postern.Engine.Monitoring;

namespace Postern.Transports.Sharing;

/// <summary>What one decision changes of what is known, as the arrays that travel.</summary>
internal sealed class StateChange
{
    private readonly List<SessionKey> _changed = [];
    private readonly List<SessionKey> _unknown = [];
    private readonly SessionKey[] _all;

    private StateChange(StateBatch batch, KnownStates known, StateSeal seal)
    {
        _all = new SessionKey[batch.Count];
        List<byte[]> bodies = [];
        List<bool> mustKeep = [];
        for (var i = 0; i < batch.Count; i++)
        {
            var key = _all[i] = batch.KeyOf(i);
            var state = batch.StateOf(i);
            var before = known[key];
            if (before is null)
            {
                _unknown.Add(key);
            }

            if (before is null ? state.ContainsAnyExcept((byte)0) : !state.SequenceEqual(before))
            {
                _changed.Add(key);
                bodies.Add(seal.Close(key, state));
                mustKeep.Add(batch.MustKeepOf(i));
            }
        }

        // What is not known to be there may be there: only a write finds out, unless nothing of the actor is.
        IsWrite = _changed.Count > 0 || (known.Version != 0 && _unknown.Count > 0);
        (Version, Bodies, MustKeep) = (NewVersion(), [.. bodies], [.. mustKeep]);
    }

    /// <summary>False when only what is known has to be confirmed.</summary>
    public bool IsWrite { get; }

    /// <summary>The version that this change makes; no other has it.</summary>
    public long Version { get; }

    /// <summary>The monitors of what changed.</summary>
    public int[] Monitors => MonitorsOf(_changed);

    /// <summary>The subjects of what changed.</summary>
    public byte[][] Subjects => SubjectsOf(_changed);

    /// <summary>What is kept of it.</summary>
    public byte[][] Bodies { get; }

    /// <summary>Whether it must not be forgotten.</summary>
    public bool[] MustKeep { get; }

    /// <summary>The monitors of what must not be there yet.</summary>
    public int[] UnknownMonitors => MonitorsOf(_unknown);

    /// <summary>The subjects of what must not be there yet.</summary>
    public byte[][] UnknownSubjects => SubjectsOf(_unknown);

    /// <summary>The monitors of the whole batch.</summary>
    public int[] AllMonitors => MonitorsOf(_all);

    /// <summary>The subjects of the whole batch.</summary>
    public byte[][] AllSubjects => SubjectsOf(_all);

    /// <summary>What <paramref name="batch"/> changes.</summary>
    public static StateChange Of(StateBatch batch, KnownStates known, StateSeal seal) => new(batch, known, seal);

    /// <summary>A number that no version ever had; never 0.</summary>
    public static long NewVersion() => (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue) | 1;

    private static int[] MonitorsOf(IReadOnlyList<SessionKey> keys) => [.. keys.Select(static key => key.Monitor)];

    private static byte[][] SubjectsOf(IReadOnlyList<SessionKey> keys) => [.. keys.Select(static key => Bytes(key.Subject))];

    private static byte[] Bytes(UInt128 subject)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, subject);
        return bytes;
    }
}
