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
        var folder = Directory.CreateTempSubdirectory("nanobragg-cache-").FullName;
        Environment.SetEnvironmentVariable("NANOBRAGG_CACHE", folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
