namespace NanoBragg.Tool.Measurement;

/// <summary>Names the GPUs of a machine without asking a driver, which takes a tenth of a second or more to wake up.</summary>
internal static class GraphicsProcessors
{
    /// <summary>Reads what NVIDIA's driver tells in the file system.</summary>
    /// <param name="folder">Its folder, <c>/proc/driver/nvidia</c>.</param>
    /// <returns>The GPUs' names, several of a kind counted, and the driver's branch, such as <c>2 × NVIDIA H100 80GB HBM3, driver 550</c>; null where there are none.</returns>
    public static string? Of(string folder)
    {
        try
        {
            var models = Directory.EnumerateDirectories(Path.Combine(folder, "gpus")).Select(gpu => File.ReadLines(Path.Combine(gpu, "information")))
                .Select(lines => lines.Select(line => line.Split(':', 2)).FirstOrDefault(field => field[0].Trim() == "Model" && field.Length == 2)?[1].Trim() ?? "unknown")
                .GroupBy(model => model, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Count() == 1 ? group.Key : FormattableString.Invariant($"{group.Count()} × {group.Key}")).ToList();
            return models.Count == 0 ? null : $"{string.Join(", ", models)}, driver {Branch(Path.Combine(folder, "version"))}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A line such as "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.90.07  Fri May 31 09:35:42 UTC 2024".
    private static string Branch(string path) =>
        File.ReadLines(path).First().Split(' ').Select(word => word.Split('.')).FirstOrDefault(parts => parts.Length >= 2 && parts.All(part => part.Length > 0 && part.All(char.IsAsciiDigit)))?[0] ?? "unknown";
}
