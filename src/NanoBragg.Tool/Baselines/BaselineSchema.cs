namespace NanoBragg.Tool.Baselines;

/// <summary>The JSON schema of the baseline, the file of <c>docs/</c> built into the tool.</summary>
internal static class BaselineSchema
{
    /// <summary>Reads the schema.</summary>
    /// <returns>JSON text with a final newline.</returns>
    public static string Text()
    {
        using var stream = typeof(BaselineSchema).Assembly.GetManifestResourceStream("nanobragg.baseline.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
