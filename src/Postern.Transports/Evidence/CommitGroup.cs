using System.Buffers;

namespace Postern.Transports.Evidence;

/// <summary>Lines that are written together, and the tasks that wait for it. Everything but the bytes is touched under the recorder's lock.</summary>
internal sealed class CommitGroup
{
    private const int FirstBufferBytes = 64 * 1024;

    private TaskCompletionSource? _done;

    /// <summary>The lines so far.</summary>
    public ArrayBufferWriter<byte> Lines { get; } = new(FirstBufferBytes);

    /// <summary>Where in the lines a new file begins, and the sequence number it begins with.</summary>
    public List<(int Offset, long FirstSequence)> Cuts { get; } = [];

    /// <summary>The last record in it.</summary>
    public long LastSequence { get; set; }

    /// <summary>True when there is nothing to write.</summary>
    public bool IsEmpty => Lines.WrittenCount == 0;

    /// <summary>Completes when the group was written; made only for the first who asks.</summary>
    public Task Written => (_done ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Empties the group for its next use and hands out whom to tell about this one; null when nobody waits.</summary>
    public TaskCompletionSource? Reset()
    {
        var waiting = _done;
        _done = null;
        Lines.ResetWrittenCount();
        Cuts.Clear();
        return waiting;
    }
}
