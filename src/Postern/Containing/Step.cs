namespace Postern.Program.Containing;

/// <summary>A step towards containment.</summary>
/// <param name="Name">Its name, which the record keeps; unique in a plan.</param>
/// <param name="Check">Well when what the step is for holds already.</param>
/// <param name="Do">What brings it about; null for what only the operator can.</param>
/// <param name="Undo">What takes it away again, whole or half done; null when nothing is left to take away.</param>
internal sealed record Step(string Name, Act Check, Act? Do, Act? Undo)
{
    /// <summary>A file of ours.</summary>
    public static Step Of(string name, WriteAct file) => new(name, new SameAct(file), file, new RunAct("rm", "-f", file.Path));
}
