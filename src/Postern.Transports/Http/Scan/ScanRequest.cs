namespace Postern.Transports.Http.Scan;

/// <summary>A request that was read: what it asks for, and where its values stand in the body. Holds no content.</summary>
internal sealed class ScanRequest
{
    private readonly JsonSlice[] _values = new JsonSlice[ScanFields.Count];

    /// <summary>What is asked for.</summary>
    public ScanKind Kind { get; set; }

    /// <summary>True to answer with offsets.</summary>
    public bool IncludeEvidence { get; set; }

    /// <summary>The caller's own id, echoed; null when there is none.</summary>
    public string? RequestId { get; set; }

    /// <summary>Where a field's value stands.</summary>
    public JsonSlice this[ScanField field]
    {
        get => _values[(int)field];
        set => _values[(int)field] = value;
    }
}
