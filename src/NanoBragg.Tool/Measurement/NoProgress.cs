namespace NanoBragg.Tool.Measurement;

/// <summary>Tells nobody: for whoever measures often, and reports in words of his own.</summary>
internal sealed class NoProgress : IProgress<string>
{
    /// <summary>Gets the one there is.</summary>
    public static NoProgress Instance { get; } = new();

    /// <inheritdoc/>
    public void Report(string value)
    {
    }
}
