namespace Postern.Transports.Control.Live;

/// <summary>How much a session did.</summary>
/// <param name="Allowed">Rulings that let something pass.</param>
/// <param name="Blocked">Rulings that did not.</param>
/// <param name="Bytes">Bytes that were looked at or passed unread.</param>
internal readonly record struct SessionCounts(long Allowed, long Blocked, long Bytes);
