using System.Runtime.InteropServices;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>What has to change in a message so that nothing is left of the findings that the policy wants edited out.</summary>
internal sealed class EditPlan
{
    private readonly Exchange _exchange;
    private readonly Message _message;
    private readonly List<Cut> _cuts = [];
    private readonly List<Cut> _borders = [];
    private readonly bool _isCopy;
    private readonly PlaceholderNumbers _numbers;

    private EditPlan(Exchange exchange, Message message, bool isCopy)
    {
        (_exchange, _message, _isCopy) = (exchange, message, isCopy);
        _numbers = isCopy ? new PlaceholderNumbers() : exchange.Placeholders;
    }

    /// <summary>In order, none touching another.</summary>
    public List<Edit> Edits { get; } = [];

    /// <summary>The findings that are gone after it, each said to be edited.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>The first finding that cannot be edited out exactly; null when all can.</summary>
    public Finding? Obstacle { get; private set; }

    /// <summary>True when something changes that leaves; a border shows only once more what another message said.</summary>
    public bool ChangesWhatLeaves => _cuts.Count > 0;

    /// <summary>Plans the edits for every finding that costs <see cref="Effect.Redact"/>.</summary>
    public static EditPlan Of(Exchange exchange, Message message, IEnumerable<Finding> findings) =>
        new EditPlan(exchange, message, isCopy: false).Plan(findings.Where(finding => Judge.IsToEdit(exchange.Policy.Policy, message.Direction, finding)));

    /// <summary>Plans the edits for every one of these in a copy that goes nowhere: URLs and windows too, whatever the policy says.</summary>
    public static EditPlan OfCopy(Exchange exchange, Message message, IEnumerable<Finding> findings) => new EditPlan(exchange, message, isCopy: true).Plan(findings);

    private EditPlan Plan(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (Obstacle is null && !TryReach(finding))
            {
                Obstacle = finding;
            }
        }

        Write();
        return this;
    }

    /// <summary>True when the length of the text must stay: something else says it, or pieces of a copy count by it.</summary>
    private bool KeepsLength => _message.FactsRef.KeepsLength || (_isCopy && _message.FactsRef is not { Lead: 0, HeldBack: 0 });

    private bool TryReach(Finding finding)
    {
        if (finding is not { Start: >= 0, Length: > 0 }
            || (finding.Chain.Depth > 0 && finding.Chain[0] == Decoding.Inflate)
            || (!_isCopy && !MayLeaveEdited(finding))
            || !TryPartOf(finding, out var part))
        {
            return false;
        }

        if (part.Kind == PartKind.Border)
        {
            if (_isCopy)
            {
                return false;
            }

            // Half of it left with an earlier message.
            var isSplit = finding.Start < part.NameStart && finding.Start + finding.Length > part.NameStart;
            _borders.Add(new Cut(new ByteRange(finding.Start, finding.Start + finding.Length), finding, null));
            return !isSplit;
        }

        var leaves = LeavesOf(part);
        var range = new ByteRange(finding.Start, finding.Start + finding.Length);
        if (!leaves.TryFind(range, out var leaf))
        {
            return false;
        }

        range = leaves.Align(range, leaf);
        range = IsSecret(finding) ? SecretExtent.Of(_message.Bytes, range, finding, leaf) : HostileExtent.Of(_message.Bytes, range, finding, leaf, leaves);
        _cuts.Add(new Cut(range, finding, leaves));

        // One line of a key in each string: what a cut would leave is the rest of it.
        return leaf.Length == part.Length || !SecretExtent.GoesOnElsewhere(_message.Bytes[range.Start..range.End], finding);
    }

    private bool MayLeaveEdited(Finding finding) =>
        (!IsSecret(finding) || _exchange.Policy.Policy.Redaction.Covers(finding.Rule))
        && _message.FactsRef is not { Kind: MessageKind.BodyWindow } and { Lead: 0, HeldBack: 0, IsFixed: false };

    /// <summary>Header lines are one stretch to the detectors, and a finding may reach over a name: then it lies in no part.</summary>
    private bool TryPartOf(Finding finding, out Part found)
    {
        foreach (ref readonly var part in _message.Parts)
        {
            if ((part.Kind is PartKind.Body or PartKind.HeaderValue or PartKind.Text or PartKind.Border || (_isCopy && part.Kind == PartKind.Url && finding.Where != "url.host"))
                && part.Start <= finding.Start && finding.Start + finding.Length <= part.Start + part.Length)
            {
                found = part;
                return true;
            }
        }

        found = default;
        return false;
    }

    private Leaves LeavesOf(in Part part)
    {
        var start = part.Start;
        return _cuts.Find(cut => cut.Leaves!.Start == start).Leaves ?? new Leaves(_message, part);
    }

    /// <summary>Merges what overlaps, and finds the words for each.</summary>
    private void Write()
    {
        _cuts.Sort(static (a, b) => a.Range.Start != b.Range.Start ? a.Range.Start.CompareTo(b.Range.Start) : b.Range.End.CompareTo(a.Range.End));
        for (var i = 0; Obstacle is null && i < _cuts.Count;)
        {
            var cut = _cuts[i];
            Findings.Add(Edited(cut.Finding, RedactionScope.ClassOf(cut.Finding.Rule)));
            for (i++; i < _cuts.Count && _cuts[i].Range.Start < cut.Range.End; i++)
            {
                cut = cut.With(_cuts[i]);
                Findings.Add(Edited(_cuts[i].Finding, string.Empty));
            }

            Write(cut);
        }

        WriteBorders();
        Edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
    }

    private void Write(in Cut cut)
    {
        var source = _message.Bytes[cut.Range.Start..cut.Range.End];
        if (!IsSecret(cut.Finding))
        {
            var by = KeepsLength ? (byte)' ' : (byte)0;
            foreach (var piece in cut.Leaves!.IsHtml ? HostileExtent.BetweenTags(_message.Memory, cut.Range) : [cut.Range])
            {
                Edits.Add(new Edit(piece.Start, piece.End, by == 0 ? [] : [.. Enumerable.Repeat(by, piece.Length)]));
            }

            return;
        }

        var valueClass = RedactionScope.ClassOf(cut.Finding.Rule);
        var number = _numbers.Of(valueClass, cut.Finding);
        if (number == 0)
        {
            Obstacle = cut.Finding;
            return;
        }

        var text = Placeholder.Text(valueClass, number);
        Edits.Add(new Edit(cut.Range.Start, cut.Range.End, KeepsLength
            ? Placeholder.Fit(text, cut.Range.Length)
            : Placeholder.Encode(text, cut.Finding.Chain, source, cut.Leaves!.IsForm)));
    }

    /// <summary>
    /// A border is looked at and never sent. What it shows of an earlier message was edited there; what it shows of this one has to
    /// be edited where it leaves, or it would only be out of sight.
    /// </summary>
    private void WriteBorders()
    {
        foreach (var (range, finding, _) in _borders)
        {
            TryPartOf(finding, out var border);
            var shown = _message.Bytes[range.Start..range.End];
            if (range.Start >= border.NameStart && !IsEditedWhereItLeaves(shown))
            {
                Obstacle ??= finding;
            }

            Findings.Add(Edited(finding, string.Empty));
            if (!Edits.Exists(edit => edit.Start < range.End && range.Start < edit.End))
            {
                Edits.Add(new Edit(range.Start, range.End, "[EDITED]"u8.ToArray()));
            }
        }
    }

    private bool IsEditedWhereItLeaves(ReadOnlySpan<byte> shown)
    {
        foreach (var cut in CollectionsMarshal.AsSpan(_cuts))
        {
            if (_message.Bytes[cut.Range.Start..cut.Range.End].IndexOf(shown) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSecret(Finding finding) => finding.Rule.Category == RuleCategory.Secret;

    private static Finding Edited(Finding finding, string valueClass) => finding with { Acceptance = Acceptance.Edited, Note = valueClass };

    /// <summary>A range to edit, for which finding, and the leaves of the part it stands in; null in a border.</summary>
    private readonly record struct Cut(ByteRange Range, Finding Finding, Leaves? Leaves)
    {
        /// <summary>Both in one; of values found in different ways the outer one says how it was written.</summary>
        public Cut With(in Cut other) => this with { Range = new ByteRange(Range.Start, Math.Max(Range.End, other.Range.End)) };
    }
}
