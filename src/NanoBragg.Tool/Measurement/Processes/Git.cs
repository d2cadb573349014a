namespace NanoBragg.Tool.Measurement.Processes;

/// <summary>Asks git.</summary>
internal static class Git
{
    // A git hook's idea of where the repository is must not reach a worktree: git would write over the index of the commit being made.
    private static readonly string[] HookVariables = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

    /// <summary>Runs git in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="arguments">The command and its arguments.</param>
    /// <returns>What it printed; null where it failed.</returns>
    /// <exception cref="UserError">There is no git, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static string? Ask(string folder, TimeSpan timeout, CancellationToken cancellation, params string[] arguments)
    {
        ForgetHook();
        var (exitCode, log) = LoggedCommand.Run(["git", "-C", folder, .. arguments], timeout, cancellation);
        return exitCode == 0 ? log : null;
    }

    /// <summary>Keeps what a git hook set from the processes that are started from now on.</summary>
    public static void ForgetHook()
    {
        foreach (var variable in HookVariables)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
