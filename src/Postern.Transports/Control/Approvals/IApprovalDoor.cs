namespace Postern.Transports.Control.Approvals;

/// <summary>A way to somebody who may answer, besides the control API.</summary>
public interface IApprovalDoor
{
    /// <summary>Who answers at this door, as evidence names them.</summary>
    string Name { get; }

    /// <summary>Tells of a question, and hands on the answer if one comes this way. Failures are the door's own: they answer nothing.</summary>
    /// <param name="pending">What is asked.</param>
    /// <param name="answer">Takes a yes or a no.</param>
    /// <param name="over">Somebody answered, nobody did in time, or nobody waits any more.</param>
    Task KnockAsync(PendingApproval pending, Action<bool> answer, CancellationToken over);
}
