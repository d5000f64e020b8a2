using Postern.Engine.Evidence;

namespace Postern.Program.Running;

/// <summary>Puts sentences about Postern itself into the evidence, one after the other. Whoever adds one does not wait.</summary>
/// <param name="evidence">Where they are kept.</param>
internal sealed class NoteBook(IEvidenceSink evidence) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Adds a sentence. One that cannot be kept is said on standard error; by then nothing passes any more.</summary>
    public void Add(string note)
    {
        lock (_gate)
        {
            _last = KeepAsync(_last, note);
        }
    }

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

    private async Task KeepAsync(Task before, string note)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await evidence.AppendAsync(RecorderNotes.Draft(note), CancellationToken.None).ConfigureAwait(false);
        }
        catch (EvidenceLostException e)
        {
            await Console.Error.WriteLineAsync($"postern: this stands in no record: {note}: {e.Message}").ConfigureAwait(false);
        }
    }
}
