namespace NanoBragg.Peers;

/// <summary>A temporary folder for what BenchmarkDotNet leaves behind. It goes with the process, also after Ctrl-C, and so does what BenchmarkDotNet built meanwhile.</summary>
internal sealed class ArtifactsFolder : IDisposable
{
    private readonly HashSet<string> _builtBefore = [.. Builds()];

    /// <summary>Makes the folder.</summary>
    public ArtifactsFolder() => AppDomain.CurrentDomain.ProcessExit += Remove;

    /// <summary>Gets the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("nanobragg-peers-").FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Remove;
        Remove(null, EventArgs.Empty);
    }

    // BenchmarkDotNet builds beside this program, in a folder with a GUID for a name, and removes that only when it comes to its end.
    private static IEnumerable<string> Builds() =>
        Directory.EnumerateDirectories(AppContext.BaseDirectory).Where(folder => Guid.TryParse(System.IO.Path.GetFileName(folder), out _));

    private void Remove(object? sender, EventArgs e)
    {
        foreach (var folder in Builds().Where(folder => !_builtBefore.Contains(folder)).Append(Path).Where(Directory.Exists).ToList())
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
