using System.CommandLine;
using NanoBragg.Tool.Measurement;

namespace NanoBragg.Tool.Commands;

/// <summary>The options that name the base assembly: <c>--base</c>, or <c>--base-ref</c> with <c>--project</c>.</summary>
internal sealed class BaseOptions
{
    private readonly Option<string?> _base = new("--base")
    {
        Description = "An earlier build of the assembly, with its dependencies beside it; time is judged against it, in the same processes.",
        HelpName = "X.dll",
    };

    private readonly Option<string?> _baseRef = new("--base-ref")
    {
        Description = "The same, built from this git revision in a temporary worktree.",
        HelpName = "REV",
    };

    private readonly Option<string?> _project = new("--project")
    {
        Description = "With --base-ref: the project that makes the assembly. Default: the one in the nearest folder above it.",
        HelpName = "X.csproj",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_base);
        command.Options.Add(_baseRef);
        command.Options.Add(_project);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_base) is not null && result.GetResult(_baseRef) is not null)
            {
                result.AddError("--base and --base-ref name the same thing; give one of them.");
            }

            if (result.GetResult(_project) is not null && result.GetResult(_baseRef) is null)
            {
                result.AddError("--project goes with --base-ref.");
            }
        });
    }

    /// <summary>Tells whether there is a base.</summary>
    /// <param name="parse">The command line.</param>
    /// <returns>Whether one of the options was given.</returns>
    public bool AreGiven(ParseResult parse) => parse.GetValue(_base) is not null || parse.GetValue(_baseRef) is not null;

    /// <summary>Does something with the base, if there is one; builds it before and removes it afterwards where that was asked for.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="parse">The command line.</param>
    /// <param name="options">What is measured; passed on with the base in it.</param>
    /// <param name="action">What is to be done.</param>
    /// <param name="progress">Is told of building.</param>
    /// <param name="cancellation">Ends building.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="UserError">There is no such base.</exception>
    public T With<T>(ParseResult parse, MeasureOptions options, Func<MeasureOptions, T> action, IProgress<string> progress, CancellationToken cancellation)
    {
        if (parse.GetValue(_baseRef) is { } revision)
        {
            using var build = BaseBuild.Make(revision, options.AssemblyPath, parse.GetValue(_project), options.Timeout, progress, cancellation);
            return action(options with { BaseAssemblyPath = build.AssemblyPath });
        }

        var path = parse.GetValue(_base) is { } given ? Path.GetFullPath(given) : null;
        return path is null || File.Exists(path)
            ? action(options with { BaseAssemblyPath = path })
            : throw new UserError($"there is no base assembly '{path}'; name the .dll that an earlier build left, or a git revision with --base-ref");
    }
}
