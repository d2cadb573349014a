using System.Text.Json;
using NanoBragg.Tool.Measurement.Processes;
using NuGet.Versioning;

namespace NanoBragg.Tool.Measurement.Bases;

/// <summary>
/// A released package of the assembly under test, with its dependencies beside it. NuGet itself restores it, for a project in a temporary folder, from the sources
/// that the nuget.config above the assembly names. Nothing but the packages in NuGet's own folder is left when this is disposed of.
/// </summary>
internal sealed class BasePackage : IDisposable
{
    // Neither the name of a package nor of an assembly that one could be after.
    private const string ProjectName = "nanobragg-base-package";

    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-base-").FullName;

    private BasePackage()
    {
    }

    /// <summary>Gets the full path of the assembly.</summary>
    public string AssemblyPath { get; private set; } = "";

    /// <summary>Restores the package.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="assemblyPath">The full path of the assembly under test; the base is the package's assembly of that name.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="progress">Is told what is going on, and what NuGet said where it failed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserError">There is no such package, or no such assembly in it.</exception>
    public static BasePackage Restore(PackageRange wanted, string assemblyPath, TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        var package = new BasePackage();
        try
        {
            package.Build(wanted, assemblyPath, timeout, progress, cancellation);
            return package;
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left to the system's cleaning of temporary files.
        }
    }

    private void Build(PackageRange wanted, string assemblyPath, TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report($"restoring the base, {wanted}");
        WriteProject(wanted, Path.GetDirectoryName(assemblyPath)!);

        // No build server may outlive the folder.
        var output = Path.Combine(_folder, "out");
        var (built, log) = LoggedCommand.Run(
            [WorkerLauncher.DotNetHost(), "build", Path.Combine(_folder, ProjectName + ".csproj"), "-c", "Release", "-o", output, "-nologo", "-v:minimal", "-nodeReuse:false", "-p:UseSharedCompilation=false"],
            timeout,
            cancellation);
        if (built != 0)
        {
            progress.Report(log.TrimEnd());
            throw new UserError(
                log.Contains("NU1101", StringComparison.Ordinal) ? $"no source of packages has '{wanted.Id}' (NuGet's output is above); the nuget.config above the assembly names the sources"
                : log.Contains("NU1102", StringComparison.Ordinal) || log.Contains("NU1103", StringComparison.Ordinal) ? $"no source of packages has a version of {wanted} (NuGet's output, which names what there is, is above)"
                : $"the package {wanted} cannot be restored (NuGet's output is above); name a base that is built with --base");
        }

        var version = ResolvedVersion(wanted.Id);
        if (!wanted.Allows(version))
        {
            throw new UserError($"no source of packages has a version of {wanted}; the highest below its end is {version}");
        }

        AssemblyPath = Path.Combine(output, Path.GetFileName(assemblyPath));
        progress.Report($"the base is {wanted.Id} {version}");
        if (!File.Exists(AssemblyPath))
        {
            var there = Directory.GetFiles(output, "*.dll").Select(Path.GetFileName).Where(name => name != ProjectName + ".dll").Order(StringComparer.Ordinal).ToList();
            throw new UserError($"the package {wanted.Id} {version} has no '{Path.GetFileName(assemblyPath)}' for .NET 10; {(there.Count == 0 ? "it has no assembly" : $"there is {string.Join(", ", there)}")}");
        }
    }

    private void WriteProject(PackageRange wanted, string startOfConfiguration)
    {
        // Nothing above the temporary folder is meant for this project.
        foreach (var file in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(_folder, file), "<Project />");
        }

        // What a package brings for builds is not run: only its assemblies are asked for.
        File.WriteAllText(Path.Combine(_folder, ProjectName + ".csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreRootConfigDirectory>{System.Security.SecurityElement.Escape(startOfConfiguration)}</RestoreRootConfigDirectory>
                <CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>
                <NuGetAudit>false</NuGetAudit>
                <UseAppHost>false</UseAppHost>
                <ImplicitUsings>disable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{wanted.Id}" Version="{wanted.ToRestore}" IncludeAssets="runtime;native" />
              </ItemGroup>
            </Project>
            """);
    }

    private NuGetVersion ResolvedVersion(string id)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "obj", "project.assets.json")));
        return assets.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(library => library.Name.Split('/'))
            .Where(name => name.Length == 2 && string.Equals(name[0], id, StringComparison.OrdinalIgnoreCase))
            .Select(name => NuGetVersion.Parse(name[1]))
            .First();
    }
}
