using IoPath = System.IO.Path;

namespace NanoBragg.Tool.Measurement;

/// <summary>The folder of what the tool keeps for itself between runs. Everything in it can be made again; deleting it is always safe.</summary>
internal static class CacheFolder
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "NANOBRAGG_CACHE";

    /// <summary>Gets its full path, or null where there is none: a user without a home. It need not exist.</summary>
    public static string? Path =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? IoPath.GetFullPath(named)
        : Parent() is { } parent ? IoPath.Combine(parent, "nanobragg")
        : null;

    private static string? Parent()
    {
        if (OperatingSystem.IsWindows())
        {
            return Existing(Environment.SpecialFolder.LocalApplicationData);
        }

        // The XDG specification has relative paths ignored.
        return Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && IoPath.IsPathRooted(xdg) ? xdg
            : Existing(Environment.SpecialFolder.UserProfile) is { } home ? IoPath.Combine(home, ".cache")
            : null;
    }

    private static string? Existing(Environment.SpecialFolder folder) => Environment.GetFolderPath(folder) is { Length: > 0 } path ? path : null;
}
