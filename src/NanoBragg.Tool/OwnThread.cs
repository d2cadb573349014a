using System.Runtime.ExceptionServices;

namespace NanoBragg.Tool;

/// <summary>Does something on a thread of its own, so that waiting for it can end at any time.</summary>
internal static class OwnThread
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    /// <summary>Begins to do something.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">What is done.</param>
    public static Task<T> Start<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Begins to do something.</summary>
    /// <param name="work">What is done.</param>
    public static Task Start(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Does something and waits for it.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">What is done.</param>
    /// <param name="meanwhile">Is called some times a second.</param>
    /// <param name="cancellation">Ends the wait; the thread is left to the end of the process.</param>
    /// <returns>What comes of it.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static T Wait<T>(Func<T> work, Action meanwhile, CancellationToken cancellation)
    {
        var working = Start(work);
        try
        {
            while (!working.Wait((int)Between.TotalMilliseconds, cancellation))
            {
                meanwhile();
            }

            return working.Result;
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
