using NanoBragg.Tool.Measurement.Processes;

namespace NanoBragg.Tool.Measurement;

/// <summary>An earlier revision of the assembly under test, built in a git worktree of its own in a temporary folder. Nothing is left of it when this is disposed of.</summary>
internal sealed class BaseBuild : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nanobragg-base-").FullName;
    private readonly string _repository;

    private BaseBuild(string repository) => _repository = repository;

    /// <summary>Gets the full path of the assembly that was built.</summary>
    public string AssemblyPath { get; private set; } = "";

    private string Worktree => Path.Combine(_folder, "worktree");

    /// <summary>Checks out and builds.</summary>
    /// <param name="revision">What git calls it: a commit, branch or tag.</param>
    /// <param name="assemblyPath">The full path of the assembly under test; the base is expected at the same place of the worktree.</param>
    /// <param name="project">The project that makes it, or null to look for it above the assembly.</param>
    /// <param name="timeout">How long each step may take.</param>
    /// <param name="progress">Is told what is going on, and what a failing build said.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserError">There is no such project, repository or revision, or it does not build.</exception>
    public static BaseBuild Make(string revision, string assemblyPath, string? project, TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        Git.ForgetHook();
        project = project is null ? ProjectAbove(assemblyPath) : Existing(Path.GetFullPath(project));
        var folder = Path.GetDirectoryName(project)!;
        var repository = Git.Ask(folder, timeout, cancellation, "rev-parse", "--show-toplevel")?.Trim()
            ?? throw new UserError($"'{folder}' is in no git repository that can be read; --base-ref needs one, or name a base that is built with --base");
        var commit = Git.Ask(folder, timeout, cancellation, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")?.Trim()
            ?? throw new UserError($"git knows no revision '{revision}' here; `git log --oneline` shows what there is, and a shallow clone may lack it");
        var prefix = Git.Ask(folder, timeout, cancellation, "rev-parse", "--show-prefix")?.Trim() ?? "";
        var build = new BaseBuild(repository);
        try
        {
            build.Build(revision, commit, Path.Combine(prefix, Path.GetFileName(project)), Relative(folder, prefix, assemblyPath), timeout, progress, cancellation);
            return build;
        }
        catch
        {
            build.Dispose();
            throw;
        }
    }

    /// <summary>Removes the worktree. A failure to do so is not worth failing for: `git worktree prune` tidies up.</summary>
    public void Dispose()
    {
        try
        {
            // The files first: git forgets a worktree that is gone, but refuses one that it was stopped from making. Twice, because such a one is locked.
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }

            _ = Git.Ask(_repository, TimeSpan.FromSeconds(10), CancellationToken.None, "worktree", "remove", "--force", "--force", Worktree);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserError)
        {
            // Left to the system's cleaning of temporary files.
        }
    }

    private void Build(string revision, string commit, string project, string assembly, TimeSpan timeout, IProgress<string> progress, CancellationToken cancellation)
    {
        progress.Report($"building the base, {revision} ({commit[..Math.Min(10, commit.Length)]})");
        var (added, log) = LoggedCommand.Run(["git", "-C", _repository, "worktree", "add", "--detach", Worktree, commit], timeout, cancellation);
        if (added != 0)
        {
            throw new UserError($"git cannot check out '{revision}': {LastLine(log)}");
        }

        project = Path.Combine(Worktree, project);
        if (!File.Exists(project))
        {
            throw new UserError($"'{revision}' has no project '{Path.GetRelativePath(Worktree, project)}'; name an assembly that is built with --base");
        }

        // The gate of the old revision must not run, and no build server may outlive the worktree.
        var configuration = assembly.Split('/', '\\').Any(part => part.StartsWith("release", StringComparison.OrdinalIgnoreCase)) ? "Release" : "Debug";
        (var built, log) = LoggedCommand.Run(
            [WorkerLauncher.DotNetHost(), "build", project, "-c", configuration, "-nologo", "-v:minimal", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:NanoBraggEnabled=false"],
            timeout,
            cancellation);
        if (built != 0)
        {
            progress.Report(log.TrimEnd());
            throw new UserError($"the base '{revision}' does not build (its output is above); name a base that is built with --base");
        }

        AssemblyPath = Path.Combine(Worktree, assembly);
        if (!File.Exists(AssemblyPath))
        {
            progress.Report(log.TrimEnd());
            throw new UserError($"the base '{revision}' was built in configuration {configuration}, but there is no '{assembly}' then; name its project with --project, or the built assembly with --base");
        }
    }

    private static string ProjectAbove(string assemblyPath)
    {
        for (var folder = Path.GetDirectoryName(assemblyPath); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string[] projects = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csproj") : [];
            if (projects.Length > 1)
            {
                throw new UserError($"'{folder}' has several projects; say with --project which of them makes {Path.GetFileName(assemblyPath)}");
            }

            if (projects.Length == 1)
            {
                return projects[0];
            }
        }

        throw new UserError($"there is no project (.csproj) above '{assemblyPath}'; name the one that makes it with --project");
    }

    private static string Existing(string project) =>
        File.Exists(project) ? project : throw new UserError($"there is no project '{project}'; name a .csproj with --project");

    /// <summary>
    /// Gives the assembly's path from the root of the repository. Taken from the project's folder, because git resolves links in the root's own
    /// path that the user's paths may have.
    /// </summary>
    private static string Relative(string projectFolder, string prefix, string assemblyPath)
    {
        var relative = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", prefix, Path.GetRelativePath(projectFolder, assemblyPath))));
        var up = prefix.Split('/', StringSplitOptions.RemoveEmptyEntries).Length;
        var steps = Path.GetRelativePath(projectFolder, assemblyPath).Split('/', '\\').TakeWhile(part => part == "..").Count();
        return steps <= up ? relative : throw new UserError($"'{assemblyPath}' lies outside the git repository of its project; name a base that is built with --base");
    }

    private static string LastLine(string log) => log.TrimEnd().Split('\n')[^1].Trim();
}
