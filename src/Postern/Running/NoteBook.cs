using Postern.Engine.Evidence;

namespace Postern.Program.Running;

/// <summary>Puts sentences about Postern itself into the evidence, one after the other. Whoever adds one does not wait.</summary>
/// <param name="evidence">Where they are kept.</param>
internal sealed class NoteBook(IEvidenceSink evidence) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Adds a sentence. One that cannot be kept is said on standard error; by then nothing passes any more.</summary>
    public void Add(string note) => Follow(() => evidence.AppendAsync(RecorderNotes.Draft(note), CancellationToken.None), note);

    /// <summary>Sums up what an actor did.</summary>
    /// <param name="actor">Whose session ended.</param>
    /// <param name="how">How, for people.</param>
    /// <param name="pinned">By server, a hash of what is pinned of its tools.</param>
    public void EndSession(string actor, string how, IReadOnlyDictionary<string, string>? pinned = null) =>
        Follow(() => evidence.AppendAsync(RecorderNotes.SessionEnd(actor, pinned, how), CancellationToken.None), $"session of {actor}: {how}");

    /// <summary>Waits until everything was kept.</summary>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (_gate)
        {
            last = _last;
        }

        await last.ConfigureAwait(false);
    }

    private void Follow(Func<ValueTask<EvidenceId>> keep, string note)
    {
        lock (_gate)
        {
            _last = KeepAsync(_last, keep, note);
        }
    }

    private static async Task KeepAsync(Task before, Func<ValueTask<EvidenceId>> keep, string note)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await keep().ConfigureAwait(false);
        }
        catch (EvidenceLostException e)
        {
            await Console.Error.WriteLineAsync($"postern: this stands in no record: {note}: {e.Message}").ConfigureAwait(false);
        }
    }
}
