namespace NanoBragg.Tool.Commands;

/// <summary>Progress as lines on standard error, so that standard output holds the result only.</summary>
/// <param name="error">Where the lines go.</param>
internal sealed class ErrorProgress(TextWriter error) : IProgress<string>
{
    /// <inheritdoc/>
    public void Report(string value) => error.WriteLine($"nanobragg: {value}");
}
