namespace SmsCampaign.Tests.Cluster;

/// <summary>Every state that a model can come to, found breadth first: an explicit-state checker.</summary>
/// <remarks>States are compared by value. A model must be finite.</remarks>
sealed class StateSpace<TState>
    where TState : struct, IEquatable<TState>
{
    readonly Dictionary<TState, (TState From, string Step)> _reached = [];
    readonly TState _first;

    StateSpace(TState first) => _first = first;

    public IReadOnlyCollection<TState> States => _reached.Keys;

    /// <summary>The first state reached in which something is wrong, and how it was come to: a line a step, the last
    /// of them what is wrong. Null where nothing is, in any.</summary>
    public IReadOnlyList<string>? Violation { get; private set; }

    /// <param name="steps">What may happen next, by name.</param>
    /// <param name="wrong">What must never be so; null where all is well.</param>
    public static StateSpace<TState> Explore(
        TState first, Func<TState, IEnumerable<(string Step, TState Next)>> steps, Func<TState, string?> wrong)
    {
        var space = new StateSpace<TState>(first);
        space._reached[first] = (first, "");
        var open = new Queue<TState>([first]);
        while (open.TryDequeue(out var state))
        {
            if (wrong(state) is { } what)
            {
                space.Violation = [.. space.PathTo(state), what];
                return space;
            }

            foreach (var (step, next) in steps(state))
            {
                if (space._reached.TryAdd(next, (state, step)))
                    open.Enqueue(next);
            }
        }

        return space;
    }

    /// <summary>The steps by which a state was come to first.</summary>
    public IReadOnlyList<string> PathTo(TState state)
    {
        var path = new List<string>();
        while (!state.Equals(_first))
        {
            (state, var step) = _reached[state];
            path.Add(step);
        }

        path.Reverse();
        return path;
    }
}
