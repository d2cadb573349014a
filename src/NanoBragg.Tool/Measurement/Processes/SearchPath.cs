namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>The folders that programs are found in.</summary>
internal static class SearchPath
{
    /// <summary>Tells that a program is in none of them.</summary>
    /// <param name="program">The program's file name.</param>
    /// <returns>One line that says so; null where it is there.</returns>
    public static string? Lacks(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)))
            ? null
            : $"{program} is not on the search path";
}
