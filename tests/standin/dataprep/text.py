"""Delimited text and JSON lines: how files are taken apart."""

from __future__ import annotations

from tests.standin.dataprep.case import Case

TWO = {"f/1.csv": "a,b\n1,x\n", "f/2.csv": "a,b\n2,y\n"}
BY_DAY = {"p/sales/2019/01/02/d.csv": "a\n1\n", "p/hr/2020/03/04/d.csv": "a\n2\n"}

DELIMITED: dict[str, Case] = {
    "quotes": Case('a,b\n"x, y",1\n"he said ""hi""",2\n'),
    "multiline_default": Case('A,B,C\nA1,B1,C1\nA2,"B\n2",C2\n'),
    "multiline_true": Case('A,B,C\nA1,B1,C1\nA2,"B\n2",C2\n', options="support_multi_line=True"),
    "multiline_true_crlf": Case('A,B,C\r\nA1,B1,C1\r\nA2,"B\r\n2",C2\r\n', options="support_multi_line=True"),
    "quotes_in_middle": Case('a,b\nfoo "bar" baz,1\nit"s,2\n'),
    "quote_unclosed": Case('a,b\n"open,1\nx,2\n'),
    "blank_lines": Case("a,b\n1,x\n\n2,y\n\n"),
    "blank_first": Case("\na,b\n1,x\n"),
    "space_lines": Case("a,b\n1,x\n   \n2,y\n"),
    "spaces": Case("a, b ,c\n1, x ,  2\n3,y , 4\n"),
    "bom": Case("\ufeffa,b\n1,2\n"),
    "bom_enc": Case("\ufeffa,b\n1,2\n", options="encoding='utf8bom'"),
    "crlf": Case("a,b\r\n1,x\r\n2,y\r\n"),
    "cr": Case("a,b\r1,x\r2,y\r"),
    "nonl": Case("a,b\n1,x"),
    "short_rows": Case("a,b,c\n1,2\n3,4,5\n"),
    "long_rows": Case("a,b\n1,2,3\n4,5\n"),
    "header_only": Case("a,b\n"),
    "empty_file": Case(""),
    "dup_cols": Case("a,a,b\n1,2,3\n"),
    "empty_colname": Case("a,,b\n1,2,3\n"),
    "header_false": Case("a,b\n1,2\n", options="header=False"),
    "header_false_num": Case("1,2\n3,4\n", options="header=False"),
    "semicolon": Case("a;b\n1;2\n", options="separator=';'"),
    "tab": Case("a\tb\n1\t2\n", options="separator='\\t'"),
    "sep_two": Case("a||b\n1||2\n", options="separator='||'"),
    "sep_wrong": Case("a;b\n1;2\n"),
    "latin1": Case(b"a,b\ncaf\xe9,1\n", options="encoding='iso88591'"),
    "latin1_name": Case(b"a,b\ncaf\xe9,1\n", options="encoding='latin1'"),
    "bad_utf8": Case(b"a,b\ncaf\xe9,1\n"),
    "utf16": Case(
        b"\xff\xfea\x00,\x00b\x00\n\x00c\x00a\x00f\x00\xe9\x00,\x001\x00\n\x00", options="encoding='utf16'"
    ),
    "enc_unknown": Case("a,b\n1,2\n", options="encoding='utf-8'"),
    "ascii": Case("a,b\nx,1\n", options="encoding='ascii'"),
    "w1252": Case(b"a,b\n\x80,1\n", options="encoding='windows1252'"),
    "noinfer": Case("a,b,c\n1,,2020-01-01\n2,x,\n", options="infer_column_types=False"),
    "empty_as_string": Case("a,b,c\n1,,x\n2,y,\n", options="empty_as_string=True"),
    "empty_as_string_noinfer": Case(
        "a,b,c\n1,,x\n2,y,\n", options="empty_as_string=True, infer_column_types=False"
    ),
    "comment": Case("#c\na,b\n1,2\n"),
}

SEVERAL: dict[str, Case] = {
    "two": Case(TWO, path="f/*.csv"),
    "two_dir": Case(TWO, path="f/", then="sorted(d.to_pandas_dataframe()['a'])"),
    "two_nohdr": Case(TWO, path="f/*.csv", options="header=False"),
    "two_first": Case(TWO, path="f/*.csv", options="header='ONLY_FIRST_FILE_HAS_HEADERS'"),
    "two_combine": Case(TWO, path="f/*.csv", options="header='COMBINE_ALL_FILES_HEADERS'"),
    "two_str_bad": Case(TWO, path="f/*.csv", options="header='xx'"),
    "diff_order": Case({"f/1.csv": "a,b\n1,x\n", "f/2.csv": "b,a\ny,2\n"}, path="f/*.csv"),
    "diff_order_combine": Case(
        {"f/1.csv": "a,b\n1,x\n", "f/2.csv": "b,a\ny,2\n"},
        path="f/*.csv",
        options="header=PromoteHeadersBehavior.COMBINE_ALL_FILES_HEADERS",
    ),
    "diff_more": Case({"f/1.csv": "a,b\n1,x\n", "f/2.csv": "a,b,c\n2,y,z\n"}, path="f/*.csv"),
    "diff_more_combine": Case(
        {"f/1.csv": "a,b\n1,x\n", "f/2.csv": "a,b,c\n2,y,z\n"},
        path="f/*.csv",
        options="header=PromoteHeadersBehavior.COMBINE_ALL_FILES_HEADERS",
    ),
    "diff_less": Case({"f/1.csv": "a,b,c\n1,x,q\n", "f/2.csv": "a,b\n2,y\n"}, path="f/*.csv"),
    "diff_less_combine": Case(
        {"f/1.csv": "a,b,c\n1,x,q\n", "f/2.csv": "a,b\n2,y\n"},
        path="f/*.csv",
        options="header=PromoteHeadersBehavior.COMBINE_ALL_FILES_HEADERS",
    ),
    "diff_names": Case({"f/1.csv": "a,b\n1,x\n", "f/2.csv": "c,d\n2,y\n"}, path="f/*.csv"),
    "diff_names_combine": Case(
        {"f/1.csv": "a,b\n1,x\n", "f/2.csv": "c,d\n2,y\n"},
        path="f/*.csv",
        options="header=PromoteHeadersBehavior.COMBINE_ALL_FILES_HEADERS",
    ),
    "diff_types": Case({"f/1.csv": "a,b\n1,x\n", "f/2.csv": "a,b\nq,y\n"}, path="f/*.csv"),
    "two_empty_one": Case({"f/1.csv": "a,b\n1,x\n", "f/2.csv": ""}, path="f/*.csv"),
    "two_hdronly": Case({"f/1.csv": "a,b\n", "f/2.csv": "a,b\n1,2\n"}, path="f/*.csv"),
    "first_nohdr2": Case(
        {"f/1.csv": "a,b\n1,x\n", "f/2.csv": "2,y\n"},
        path="f/*.csv",
        options="header=PromoteHeadersBehavior.ONLY_FIRST_FILE_HAS_HEADERS",
    ),
    "part": Case(BY_DAY, path="p/**/*.csv", options="partition_format='/p/{dep}/{when:yyyy/MM/dd}/d.csv'"),
    "part2": Case(BY_DAY, path="p/**/*.csv", options="partition_format='/{dep}/{when:yyyy/MM/dd}/d.csv'"),
    "part_star": Case(
        BY_DAY, path="p/**/*.csv", options="partition_format='/p/{dep}/{when:yyyy/MM/dd}/*.csv'"
    ),
    "part_month": Case("a\n1\n", options="partition_format='/p/{when:yyyy/MM}/d.csv'"),
    "part_mismatch": Case(BY_DAY, path="p/**/*.csv", options="partition_format='/x/{dep}/d.csv'"),
    "part_eq": Case(
        {"p/y=2019/d.csv": "a\n1\n"}, path="p/**/*.csv", options="partition_format='/p/y={y}/d.csv'"
    ),
    "part_keys": Case(
        BY_DAY,
        path="p/**/*.csv",
        options="partition_format='/p/{dep}/{when:yyyy/MM/dd}/d.csv'",
        then="d.partition_keys",
    ),
    "part_vals": Case(
        BY_DAY,
        path="p/**/*.csv",
        options="partition_format='/p/{dep}/{when:yyyy/MM/dd}/d.csv'",
        then="sorted(d.get_partition_key_values(), key=str)",
    ),
    "part_vals1": Case(
        BY_DAY,
        path="p/**/*.csv",
        options="partition_format='/p/{dep}/{when:yyyy/MM/dd}/d.csv'",
        then="sorted(d.get_partition_key_values(['dep']), key=str)",
    ),
    "part_int": Case(
        {"p/1/d.csv": "a\n1\n", "p/2/d.csv": "a\n1\n"},
        path="p/**/*.csv",
        options="partition_format='/p/{n}/d.csv'",
    ),
    "part_filter": Case(
        BY_DAY,
        path="p/**/*.csv",
        options="partition_format='/p/{dep}/{when:yyyy/MM/dd}/d.csv'",
        then="d.filter(d['dep']=='hr')",
    ),
    "missing": Case(TWO, path="nope/*.csv"),
    "missing_noval": Case(TWO, path="nope/*.csv", options="validate=False, infer_column_types=False"),
    "missing_valfalse": Case(TWO, path="nope/*.csv", options="validate=False"),
    "include_path_part": Case(
        BY_DAY,
        path="p/**/*.csv",
        options="include_path=True, partition_format='/p/{dep}/{when:yyyy/MM/dd}/d.csv'",
        then="list(d.to_pandas_dataframe().columns)",
    ),
    "hidden_csv": Case(
        {"g/.h.csv": "a\n1\n", "g/_x.csv": "a\n2\n", "g/a.csv": "a\n3\n"},
        path="g/",
        then="sorted(d.to_pandas_dataframe()['a'])",
    ),
}

JSON_LINES: dict[str, Case] = {
    "plain": Case(
        '{"a":1,"b":"x","d":"2020-01-01"}\n{"a":2,"b":null,"d":"2020-01-02"}\n',
        make="Tabular.from_json_lines_files",
    ),
    "mixed": Case('{"a":1}\n{"a":"x"}\n', make="Tabular.from_json_lines_files"),
    "missing": Case('{"a":1,"b":2}\n{"a":3}\n{"c":3}\n', make="Tabular.from_json_lines_files"),
    "nested": Case('{"a":{"x":1},"l":[1,2]}\n', make="Tabular.from_json_lines_files"),
    "bad": Case('{"a":1}\nnope\n{"a":2}\n', make="Tabular.from_json_lines_files"),
    "bad_drop": Case(
        '{"a":1}\nnope\n{"a":2}\n', options="invalid_lines='drop'", make="Tabular.from_json_lines_files"
    ),
    "bad_arg": Case('{"a":1}\n', options="invalid_lines='zz'", make="Tabular.from_json_lines_files"),
    "blank": Case('{"a":1}\n\n{"a":2}\n', make="Tabular.from_json_lines_files"),
    "float": Case('{"a":1}\n{"a":2.5}\n', make="Tabular.from_json_lines_files"),
    "bool": Case('{"a":true}\n{"a":false}\n', make="Tabular.from_json_lines_files"),
    "boolnull": Case('{"a":true}\n{"a":null}\n', make="Tabular.from_json_lines_files"),
    "intnull": Case('{"a":1}\n{"a":null}\n', make="Tabular.from_json_lines_files"),
    "array": Case("[1,2]\n", make="Tabular.from_json_lines_files"),
    "dt": Case('{"a":"2020-01-01T01:02:03Z"}\n', make="Tabular.from_json_lines_files"),
    "types": Case(
        '{"a":"5"}\n{"a":"6"}\n',
        options="set_column_types={'a':DataType.to_long()}",
        make="Tabular.from_json_lines_files",
    ),
}
