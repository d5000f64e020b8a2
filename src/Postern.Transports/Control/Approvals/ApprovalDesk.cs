using Postern.Engine.Configuration.Sections;
using Postern.Engine.Inspection;

namespace Postern.Transports.Control.Approvals;

/// <summary>
/// Where every question waits for its answer, whichever way it comes: the control API, the terminal, a webhook's callback. Whatever is
/// asked and answered goes to <see cref="Recorded"/>. What nobody answers in time, or cannot wait, is a no.
/// </summary>
/// <param name="settings">How long, how many eyes, how long grants may be.</param>
/// <param name="time">The clock.</param>
public sealed class ApprovalDesk(ApprovalsSection settings, TimeProvider time) : IApprover
{
    /// <summary>Questions that may wait; one more is a no.</summary>
    private const int MaxPending = 64;

    /// <summary>Grants that may stand; one more is not given, and the question is answered for once.</summary>
    private const int MaxGrants = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, (PendingApproval Pending, TaskCompletionSource<Approval> Answer)> _pending = [];
    private readonly List<ApprovalGrant> _grants = [];
    private long _last;

    /// <summary>Told of everything that happens here, in words for the evidence. Must not throw.</summary>
    public event Action<string>? Recorded;

    /// <summary>True when somebody can answer over the control API; false by default.</summary>
    public bool IsListening { get; init; }

    /// <summary>The other ways to people; none by default.</summary>
    public IReadOnlyList<IApprovalDoor> Doors { get; init; } = [];

    /// <summary>What waits, oldest first.</summary>
    public IReadOnlyList<PendingApproval> Pending
    {
        get
        {
            lock (_gate)
            {
                return [.. _pending.Values.Select(static one => one.Pending).OrderBy(static one => one.Id)];
            }
        }
    }

    /// <summary>What stands, oldest first.</summary>
    public IReadOnlyList<ApprovalGrant> Grants
    {
        get
        {
            lock (_gate)
            {
                Expire();
                return [.. _grants];
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Approval> ApproveAsync(ApprovalRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsListening && Doors.Count == 0)
        {
            return Approval.None;
        }

        var answer = new TaskCompletionSource<Approval>(TaskCreationOptions.RunContinuationsAsynchronously);
        PendingApproval pending;
        lock (_gate)
        {
            Expire();
            if (_grants.Find(grant => grant.Covers(request)) is { } standing)
            {
                return new Approval(true, $"grant {standing.Id} of {standing.By}");
            }

            if (_pending.Count >= MaxPending)
            {
                return Approval.None;
            }

            var now = time.GetUtcNow();
            pending = new PendingApproval(++_last, request, now, now + TimeSpan.FromSeconds(settings.TimeoutSeconds));
            _pending[pending.Id] = (pending, answer);
        }

        Recorded?.Invoke($"approval {pending.Id} asked for {request.Actor}: {string.Join(", ", request.Reasons.Take(8).Select(static reason => reason.Rule))}");
        return await WaitAsync(pending, answer.Task, cancel).ConfigureAwait(false);
    }

    /// <summary>Takes somebody's answer.</summary>
    /// <param name="id">Which question.</param>
    /// <param name="by">Who answers; with four eyes the same name counts once.</param>
    /// <param name="isYes">Yes or no. One no is enough.</param>
    /// <param name="wish">What a yes should cover; cut to what the configuration permits.</param>
    public ApprovalAnswer Decide(long id, string by, bool isYes, GrantWish wish = default)
    {
        PendingApproval pending;
        TaskCompletionSource<Approval> answer;
        lock (_gate)
        {
            if (!_pending.TryGetValue(id, out var waiting))
            {
                return ApprovalAnswer.Unknown;
            }

            (pending, answer) = waiting;
            if (isYes && pending.Votes.Contains(by))
            {
                return ApprovalAnswer.Repeated;
            }

            pending = pending with { Wish = pending.Votes.Count == 0 ? wish : pending.Wish.And(wish), Votes = [.. pending.Votes, by] };
            if (isYes && settings.FourEyes && pending.Votes.Count < 2)
            {
                _pending[id] = (pending, answer);
            }
            else
            {
                _pending.Remove(id);
                Grant(pending, isYes);
            }
        }

        if (isYes && settings.FourEyes && pending.Votes.Count < 2)
        {
            Recorded?.Invoke($"approval {id} approved by {by}, a second person is needed");
            return ApprovalAnswer.NeedsAnother;
        }

        Recorded?.Invoke(isYes ? $"approval {id} approved by {string.Join(" and ", pending.Votes)}{Words(pending.Wish)}" : $"approval {id} denied by {by}");
        answer.TrySetResult(isYes ? new Approval(true, string.Join(" and ", pending.Votes)) : Approval.None);
        return isYes ? ApprovalAnswer.Approved : ApprovalAnswer.Denied;
    }

    /// <summary>Ends a grant; false when there is none.</summary>
    public bool Revoke(long id, string by)
    {
        lock (_gate)
        {
            if (_grants.RemoveAll(grant => grant.Id == id) == 0)
            {
                return false;
            }
        }

        Recorded?.Invoke($"grant {id} revoked by {by}");
        return true;
    }

    private async Task<Approval> WaitAsync(PendingApproval pending, Task<Approval> answer, CancellationToken cancel)
    {
        using var over = new CancellationTokenSource();
        var knocking = Doors.Select(door => door.KnockAsync(pending, isYes => Decide(pending.Id, door.Name, isYes), over.Token)).ToArray();
        try
        {
            return await answer.WaitAsync(pending.Until - time.GetUtcNow(), time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Close(pending.Id) ? Expired(pending.Id) : await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Close(pending.Id);
            Recorded?.Invoke($"approval {pending.Id} withdrawn: nobody waits for it any more");
            throw;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(knocking).ConfigureAwait(false);
        }
    }

    private Approval Expired(long id)
    {
        Recorded?.Invoke($"approval {id} expired");
        return Approval.None;
    }

    private bool Close(long id)
    {
        lock (_gate)
        {
            return _pending.Remove(id);
        }
    }

    private void Grant(PendingApproval pending, bool isYes)
    {
        if (isYes && Cut(pending.Wish.Length) is var length && length > TimeSpan.Zero && _grants.Count < MaxGrants)
        {
            _grants.Add(new ApprovalGrant(pending.Id, pending.Request, pending.Wish.IsAlike, string.Join(" and ", pending.Votes), time.GetUtcNow() + length));
        }
    }

    private TimeSpan Cut(TimeSpan wished) => wished.TotalMinutes < settings.MaxGrantMinutes ? wished : TimeSpan.FromMinutes(settings.MaxGrantMinutes);

    private string Words(GrantWish wish) => Cut(wish.Length) is var length && length > TimeSpan.Zero
        ? $", and for {length.TotalMinutes:0.#} minutes {(wish.IsAlike ? "all that asks alike" : "its repetitions")}"
        : string.Empty;

    private void Expire()
    {
        var now = time.GetUtcNow();
        _grants.RemoveAll(grant => grant.Until <= now);
    }
}
