namespace Postern.Transports.Http;

/// <summary>Header fields that the operator gives to every request to one server: credentials, fixed before there is any message.</summary>
/// <param name="Fields">Names and values; a value may be a secret, and appears in no message and no record.</param>
public sealed record OperatorHeaders(IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>There are none.</summary>
    public static OperatorHeaders None { get; } = new([]);
}
