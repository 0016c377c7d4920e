-- What the exporter does with an executed notebook, for Quarto: the stamp goes to the head of the page, drawings are
-- set with what is read aloud, a question without an answer is left out, and no level of heading is skipped.

local WIDE = 9 -- more columns than these go on a page that lies on its side
local SVG = "^data:image/svg%+xml;base64,"

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("\r?\n", "\\n") .. '"'
end

-- One flat list: cells and their outputs are boxes that would keep headings apart from what follows them.
local function flat(blocks, found, about)
  for _, block in ipairs(blocks) do
    if block.t == "Div" and block.classes:includes("adminduk-document") then
      for key, value in pairs(block.attributes) do
        if value ~= "" then about[key] = pandoc.MetaInlines({ pandoc.Str(value) }) end
      end
    elseif block.t == "Div" and block.classes:includes("adminduk-nothing") then -- of the notebook only
    elseif block.t == "Div" and (block.classes[1] or ""):match("^cell") then
      flat(block.content, found, about)
    else
      found:insert(block)
    end
  end
  return found
end

local function drawing(block)
  local first = block.content and block.content[1]
  if block.t == "Figure" and first and first.content then first = first.content[1] end
  if first and first.t == "Image" and first.src:match(SVG) then return first end
end

local function set_drawing(image, block)
  local _, svg = pandoc.mediabag.fetch(image.src)
  local caption = block.t == "Figure" and pandoc.utils.blocks_to_inlines(block.caption.long) or image.caption
  local alt = image.attributes["fig-alt"] or block.attr and block.attr.attributes["fig-alt"] or ""
  local head = "#gambar-naskah(" .. quoted(svg) .. ", " .. quoted(alt) .. ", ["
  return { pandoc.RawBlock("typst", head), pandoc.Plain(caption), pandoc.RawBlock("typst", "])") }
end

-- Columns as wide as what they hold; a row that only names a group goes across, where pandoc can say so.
local function set_table(table)
  local columns = #table.colspecs
  table.colspecs = table.colspecs:map(function(spec) return { spec[1] } end)
  for _, body in ipairs(table.bodies) do
    for _, row in ipairs(body.body) do
      local alone = columns > 2 and #row.cells == columns
      for place = 2, #row.cells do alone = alone and #row.cells[place].contents == 0 end
      if alone and PANDOC_VERSION >= "3.2" then
        row.cells[1].col_span = columns
        row.cells = { row.cells[1] }
      end
    end
  end
  return table
end

-- Headings under which nothing stands, read from the end.
local function told(blocks)
  local kept, following = pandoc.List(), 0
  for place = #blocks, 1, -1 do
    local block = blocks[place]
    if block.t ~= "Header" then
      following = nil
      kept:insert(1, block)
    elseif not (following and following <= block.level) then
      following = block.level
      kept:insert(1, block)
    end
  end
  return kept
end

function Pandoc(document)
  local about, shown, level = {}, pandoc.List(), 0
  local blocks = flat(document.blocks, pandoc.List(), about)
  if next(about) then
    document.meta.naskah = about
    blocks = told(blocks)
  end
  if not document.meta.title and blocks[1] and blocks[1].t == "Header" and blocks[1].level == 1 then
    document.meta.title = pandoc.MetaInlines(blocks:remove(1).content)
  end
  -- The title is not one of them: the highest that is left is 1.
  local least = 9
  for _, block in ipairs(blocks) do
    if block.t == "Header" then least = math.min(least, block.level) end
  end
  for _, block in ipairs(blocks) do
    local image = drawing(block)
    if block.t == "Header" then
      level = math.min(block.level - least + 1, level + 1)
      block.level = level
    end
    if block.t == "Table" then
      local wide = #block.colspecs > WIDE
      if wide then
        local above = #shown + 1 -- headings right above come along
        while above > 1 and shown[above - 1].t == "Header" do above = above - 1 end
        shown:insert(above, pandoc.RawBlock("typst", "#lembar-lebar["))
      end
      shown:insert(set_table(block))
      if wide then shown:insert(pandoc.RawBlock("typst", "]")) end
    elseif image then
      shown:extend(set_drawing(image, block))
    else
      shown:insert(block)
    end
  end
  document.blocks = shown
  return document
end
