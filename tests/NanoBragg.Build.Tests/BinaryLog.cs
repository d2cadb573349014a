using System.IO.Compression;

namespace NanoBragg.Build.Tests;

/// <summary>Reads what MSBuild embedded in a binary log: a zip archive within the compressed stream of events.</summary>
internal static class BinaryLog
{
    /// <summary>Gets the names, without folders, of the embedded .json files of the gate.</summary>
    public static IReadOnlyList<string> EmbeddedFiles(string path)
    {
        using var events = new MemoryStream();
        using (var compressed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        {
            compressed.CopyTo(events);
        }

        // The archive is the last record; its entries start with one signature and its directory with another.
        var bytes = events.ToArray();
        var start = bytes.AsSpan().IndexOf("PK\u0003\u0004"u8);
        using var archive = new ZipArchive(new MemoryStream(bytes[start..]));
        return [.. archive.Entries.Select(entry => entry.FullName.Replace('\\', '/')).Where(name => name.Contains("obj/nanobragg/", StringComparison.Ordinal)).Select(Path.GetFileName).Distinct()!];
    }
}
