using System.Runtime.CompilerServices;

namespace NanoBragg.Tool.Tests;

/// <summary>A cache of the tests' own, which their child processes inherit: the user's is neither read nor written.</summary>
internal static class CacheFolder
{
#pragma warning disable CA2255 // No test may run before this, whichever is first.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set()
    {
        // Beside the tests, because a test process is killed more often than it ends. A child that is this assembly, too, leaves it alone.
        var folder = Path.Combine(AppContext.BaseDirectory, "cache");
        if (Environment.GetEnvironmentVariable("NANOBRAGG_CACHE") != folder)
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Environment.SetEnvironmentVariable("NANOBRAGG_CACHE", folder);
        }
    }
}
