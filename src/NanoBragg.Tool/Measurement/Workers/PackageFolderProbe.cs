using System.Text.Json;

namespace NanoBragg.Tool.Measurement.Workers;

/// <summary>
/// Finds a library's NuGet dependencies in the packages folder. The build does not copy them beside a class library; its dependencies file names them.
/// </summary>
/// <param name="dependenciesFile">The library's <c>.deps.json</c>; it need not exist.</param>
internal sealed class PackageFolderProbe(string dependenciesFile)
{
    private Dictionary<string, string>? _relativePaths;

    /// <summary>Gets the full path of an assembly, or null where no package that the library depends on has it.</summary>
    /// <param name="fileName">The assembly's file name.</param>
    public string? Find(string fileName)
    {
        _relativePaths ??= ReadRelativePaths();
        if (!_relativePaths.TryGetValue(fileName, out var relative))
        {
            return null;
        }

        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var path = Path.Combine(folder, relative);
        return File.Exists(path) ? path : null;
    }

    private Dictionary<string, string> ReadRelativePaths()
    {
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(dependenciesFile))
        {
            return paths;
        }

        // libraries: { "Name/1.0.0": { "path": "name/1.0.0" } }, targets: { tfm: { "Name/1.0.0": { "runtime": { "lib/net8.0/Name.dll": {} } } } }
        using var json = JsonDocument.Parse(File.ReadAllBytes(dependenciesFile));
        if (!json.RootElement.TryGetProperty("targets", out var targets) || !json.RootElement.TryGetProperty("libraries", out var libraries))
        {
            return paths;
        }

        foreach (var target in targets.EnumerateObject())
        {
            foreach (var library in target.Value.EnumerateObject())
            {
                if (library.Value.TryGetProperty("runtime", out var assets)
                    && libraries.TryGetProperty(library.Name, out var package)
                    && package.TryGetProperty("path", out var folder))
                {
                    foreach (var asset in assets.EnumerateObject())
                    {
                        paths[Path.GetFileName(asset.Name)] = Path.Combine(folder.GetString()!, asset.Name);
                    }
                }
            }
        }

        return paths;
    }
}
