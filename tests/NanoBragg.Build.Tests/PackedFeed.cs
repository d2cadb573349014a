using Xunit;

[assembly: CollectionBehavior(DisableTestParallelization = true)] // Builds would disturb one another's measurements.

namespace NanoBragg.Build.Tests;

/// <summary>The packages as built from this tree, and the folders that keep the builds under test away from the machine's own.</summary>
public sealed class PackedFeed : IDisposable
{
    /// <summary>The name of the collection of tests that share the folders.</summary>
    public const string Collection = "packed feed";

    private static readonly string Root = Directory.CreateTempSubdirectory("nanobragg-").FullName;

    /// <summary>Gets the folder of .nupkg files.</summary>
    public static string FeedFolder => Path.Combine(AppContext.BaseDirectory, "feed");

    /// <summary>Gets the folder that packages are extracted to.</summary>
    public static string PackagesFolder => Path.Combine(Root, "packages");

    /// <summary>Gets what the <c>dotnet</c> command takes for the user's home.</summary>
    public static string HomeFolder => Path.Combine(Root, "home");

    /// <summary>Gets where the tool keeps what it may need again.</summary>
    public static string CacheFolder => Path.Combine(Root, "cache");

    /// <summary>Makes an empty folder in which nothing of this repository applies and packages come from the feed alone.</summary>
    public static string NewFolder(string name)
    {
        var folder = Path.Combine(Root, name);
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, file), "<Project />");
        }

        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="feed" value="{FeedFolder}" /></packageSources>
              <auditSources><clear /></auditSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);
}

/// <summary>Ties the tests to the folders' life.</summary>
[CollectionDefinition(PackedFeed.Collection)]
public sealed class PackedFeedUsers : ICollectionFixture<PackedFeed>;
