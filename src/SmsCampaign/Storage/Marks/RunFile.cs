using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Words;

namespace SmsCampaign.Storage.Marks;

/// <summary>How a run's file stands to what is known of the run outside it.</summary>
public enum RunFileState
{
    /// <summary>All that is known of stands in it.</summary>
    Whole,

    /// <summary>Something was handed over, and there is no file.</summary>
    Missing,

    /// <summary>Something was handed over, and the file is that of another plan.</summary>
    Other,

    /// <summary>It has fewer attempts than were made: an old copy, or one without its -wal.</summary>
    Behind,

    /// <summary>ledger.db says that something was handed over, and the mark outside the data folder is not there:
    /// whether folder and file are the newest nobody knows.</summary>
    Unmarked,
}

/// <summary>A run's file, judged by what is known of the run outside it.</summary>
/// <param name="Code">The run's code, as its file says; empty where there is none.</param>
/// <param name="Attempts">The last one's id in the file; 0 where there is none.</param>
/// <param name="Known">Null where nothing is known.</param>
public sealed record RunFile(
    RunKey Key, RunAddress Address, RunFileState State, string Code, long Attempts, RunMark? Known)
{
    public bool IsWhole => State == RunFileState.Whole;

    /// <param name="address">Where the file is; null: where it is usually.</param>
    /// <exception cref="LedgerException">The file is there and cannot be read.</exception>
    public static RunFile Judge(DataFolder data, RunKey key, RunAddress? address = null)
    {
        address ??= data.AddressOf(key);
        if (key.Simulated)
            return new RunFile(key, address, RunFileState.Whole, "", 0, null);

        var marks = new RunMarks(data);
        var begun = marks.ReadBegun(key);
        var run = Ledgers.FindRegistry(data)?.Find(key);
        var kept = Ledgers.RunAt(address);
        if (!kept.Exists)
        {
            // Of a run that was planned by a program that kept no marks the state is all that is known.
            var unknown = run?.State is RunState.Sending or RunState.Finished or RunState.Cancelled or RunState.Ended
                && marks.Find(key, run.Code) is null;
            return new RunFile(
                key,
                address,
                begun.Count > 0 || unknown ? RunFileState.Missing : RunFileState.Whole,
                "",
                0,
                begun.Count > 0 ? begun[0] : null);
        }

        var (code, attempts) = kept.ReadReach();
        var known = begun.FirstOrDefault(mark => mark.Code == code);
        var state = begun.Any(mark => mark.Code != code) ? RunFileState.Other
            : known is null ? RunFileState.Whole
            : attempts < known.Confirmed ? RunFileState.Behind
            : !marks.IsOutside(key, code) ? RunFileState.Unmarked
            : RunFileState.Whole;
        return new RunFile(key, address, state, code, attempts, state == RunFileState.Other
            ? begun.First(mark => mark.Code != code)
            : known);
    }

    /// <exception cref="RunFileException">It is not whole.</exception>
    public RunFile OrRefuse() => IsWhole ? this : throw new RunFileException(MarkWords.Of(this));
}

/// <summary>A run's file is missing, another's or older than what is known of the run: nothing may be planned
/// or sent from it.</summary>
public sealed class RunFileException(Wording words) : LedgerException(words);
